// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
package io.hongbao.tidy;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Which package may know which. A package that does not exist yet keeps its rule.
 *
 * <p>A rule that stands in the way of something right is changed here, with its reason, in the same
 * commit; it is not worked around by a class in another place.
 */
class ArchitectureTest {

  /** Kinds of business state; one package each, all of one shape. */
  private static final List<String> FAMILIES =
      List.of("account", "apikey", "person", "redpacket", "room", "sandbox", "session", "webhook");

  /** What everybody may use: the JDK, the words of the domain, null annotations, plain buffers. */
  private static final List<String> GROUND =
      List.of("java..", "javax.crypto..", "org.jspecify..", "org.agrona..", "io.hongbao.model..");

  /** What a family sees of the engine: the interfaces it implements and is called with. */
  private static final List<String> FAMILY_SIDE_OF_THE_ENGINE =
      List.of("io.hongbao.engine", "io.hongbao.engine.snapshot");

  /** Chance is handed to a rule; where it comes from is not the rule's business. */
  private static final String CHANCE = "io.hongbao.time.Randomness";

  private static final String[] VERTX_AND_NETTY = {"io.vertx..", "io.netty.."};

  private static final JavaClasses PRODUCT = ProductClasses.all();

  @Test
  void theModelKnowsNobody() {
    check(
        onlyKnows("io.hongbao.model..", GROUND)
            .because(
                "the model is the vocabulary: whoever needs more than values is not part of it"));
  }

  @Test
  void theLedgerKnowsOnlyTheModel() {
    check(
        onlyKnows("io.hongbao.ledger..", plus(GROUND, "io.hongbao.ledger.."))
            .because("all families stand on the ledger, so it can stand on none of them"));
  }

  @Test
  void aFamilyKnowsTheLedgerAndItsSideOfTheEngineOnly() {
    for (String family : FAMILIES) {
      List<String> allowed = plus(GROUND, "io.hongbao.ledger..", "io.hongbao." + family + "..");
      allowed.addAll(FAMILY_SIDE_OF_THE_ENGINE);
      check(
          onlyKnows("io.hongbao." + family + "..", allowed)
              .because(
                  "a family is one package plus one line of wiring: no Vert.x, no other family;"
                      + " what two families share goes into the ledger or travels as a transfer"));
    }
  }

  @Test
  void aFamilyDoesNoInputOrOutput() {
    check(
        noClasses()
            .that(resideInAnyPackage(familyPackages()))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "java.net..", "java.sql..", "java.nio.file..", "java.nio.channels.."))
            .because("rules are replayed from the journal; take what is needed as an argument"));
  }

  @Test
  void theCoreOfTheEngineKnowsNoVertx() {
    check(
        noClasses()
            .that(resideInAPackage("io.hongbao.engine.."))
            .and(not(resideInAnyPackage("io.hongbao.engine.vertx..", "io.hongbao.engine.shard..")))
            .should()
            .dependOnClassesThat(resideInAnyPackage(VERTX_AND_NETTY))
            .because(
                "the simulator runs the core in one thread on a fake clock, disk and network"));
  }

  @Test
  void theEngineKnowsNoFamily() {
    check(
        noClasses()
            .that(resideInAPackage("io.hongbao.engine.."))
            .should()
            .dependOnClassesThat(resideInAnyPackage(familyPackages()))
            .because("a new family must not need a change of the engine"));
  }

  @Test
  void aGateKnowsNeitherVertxNorWhoAsksIt() {
    check(
        onlyKnows(
                "io.hongbao.admission..", plus(GROUND, "io.hongbao.admission..", "io.hongbao.time"))
            .because("both forms pass one suite, and one of them has no server behind it"));
  }

  @Test
  void redisKnowsNoBusiness() {
    List<String> allowed =
        plus(GROUND, "io.hongbao.redis..", "io.hongbao.admission..", "io.hongbao.time");
    allowed.addAll(List.of("io.vertx.core..", "io.vertx.redis.."));
    check(
        onlyKnows("io.hongbao.redis..", allowed)
            .because("what lies in Redis is never truth, so nothing of the truth is needed there"));
  }

  @Test
  void theClientCanBeCopied() {
    check(
        onlyKnows("io.hongbao.client..", List.of("java..", "org.jspecify..", "io.hongbao.client.."))
            .because("people take the folder into programs that have nothing else of ours"));
  }

  @Test
  void onlyTheCommandLineKnowsTheWiring() {
    check(
        noClasses()
            .that(not(resideInAnyPackage("io.hongbao.app..", "io.hongbao.cli..")))
            .should()
            .dependOnClassesThat(resideInAPackage("io.hongbao.app.."))
            .because("app puts the parts together; a part that needs it is at the wrong place"));
  }

  @Test
  void packagesAtTheTopHaveNoCycles() {
    check(
        slices()
            .matching("io.hongbao.(*)..")
            .should()
            .beFreeOfCycles()
            .because("a cycle is one package with two names"));
  }

  private static String[] familyPackages() {
    return FAMILIES.stream().map(family -> "io.hongbao." + family + "..").toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> isNamed(String name) {
    return DescribedPredicate.describe("is " + name, type -> type.getName().equals(name));
  }

  private static ArchRule onlyKnows(String who, List<String> allowed) {
    return classes()
        .that(resideInAPackage(who))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed.toArray(String[]::new)).or(isNamed(CHANCE)));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCT);
  }

  private static List<String> plus(List<String> first, String... more) {
    List<String> all = new ArrayList<>(first);
    all.addAll(List.of(more));
    return all;
  }
}
