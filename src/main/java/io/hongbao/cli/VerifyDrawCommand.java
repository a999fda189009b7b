// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.cli;

import io.hongbao.proof.DrawProofJson;
import io.hongbao.proof.MalformedProofException;
import io.hongbao.redpacket.draw.DrawCommitment;
import io.hongbao.redpacket.draw.DrawDifference;
import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.DrawVerdict;
import io.hongbao.redpacket.draw.DrawVerifier;
import io.hongbao.redpacket.draw.OpenedShare;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.ShareTable;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws a closed packet again from its proof and compares: {@code verify-draw FILE|URL}.
 *
 * <p><b>Thread:</b> the caller's; blocks while a URL is read, within {@link ProofSource}'s limits.
 *
 * <p><b>Failure:</b> exit code 0 all as drawn; 1 something differs, or the document is no proof; 2
 * wrong usage; 3 the document could not be read, so that nothing was checked.
 */
public final class VerifyDrawCommand {

  static final int OK = 0;
  static final int DIFFERS = 1;
  static final int USAGE = 2;
  static final int UNREADABLE = 3;

  private static final String USAGE_TEXT =
      """
      usage: hongbao verify-draw [--commitment HEX] FILE|URL

      Draws a closed red packet again from its revealed seed and compares every share.
        FILE|URL          the proof: a JSON file, or an http or https address that serves it
        --commitment HEX  the commitment you noted when the packet arrived: without it the
                          proof is only checked against itself
      Exit code: 0 all as drawn, 1 something differs, 2 usage, 3 the proof could not be read.
      """;

  /** Shares printed before the table is cut; more would push the result off the screen. */
  private static final int ROWS_MAX = 500;

  private VerifyDrawCommand() {}

  static Command command() {
    return new Command(
        "verify-draw",
        "draw a closed packet again and compare",
        USAGE_TEXT,
        context -> run(context.args(), context.out(), context.err()));
  }

  /** Runs the command and returns its exit code; never exits the process itself. */
  public static int run(List<String> args, PrintStream out, PrintStream err) {
    if (args.contains("--help") || args.contains("-h")) {
      out.print(USAGE_TEXT);
      return OK;
    }
    String source = null;
    DrawCommitment noted = null;
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.equals("--commitment")) {
        i++;
        if (i == args.size()) {
          return usage(err, "--commitment needs a value");
        }
        noted = commitmentOrNull(args.get(i));
        if (noted == null) {
          return usage(err, "--commitment takes 64 hexadecimal digits");
        }
      } else if (arg.startsWith("-")) {
        return usage(err, "unknown option " + arg);
      } else if (source != null) {
        return usage(err, "one proof at a time");
      } else {
        source = arg;
      }
    }
    if (source == null) {
      return usage(err, "verify-draw needs a file or an address");
    }

    try {
      DrawProof proof = DrawProofJson.read(ProofSource.read(source));
      return report(proof, DrawVerifier.verify(proof, noted), noted != null, out, err);
    } catch (MalformedProofException notAProof) {
      err.println("hongbao: " + source + " is no proof: " + notAProof.getMessage());
      return DIFFERS;
    } catch (IOException unreadable) {
      err.println("hongbao: cannot read " + source + ": " + unreadable.getMessage());
      return UNREADABLE;
    }
  }

  private static int usage(PrintStream err, String sentence) {
    err.println("hongbao: " + sentence);
    return USAGE;
  }

  private static @Nullable DrawCommitment commitmentOrNull(String hex) {
    try {
      return DrawCommitment.ofHex(hex);
    } catch (IllegalArgumentException notHex) {
      return null;
    }
  }

  private static int report(
      DrawProof proof, DrawVerdict verdict, boolean isNoted, PrintStream out, PrintStream err) {
    out.printf(
        "packet      %d%nkind        %s%ntotal       %d (minor units of %s) in %d shares%n",
        proof.packetId(),
        described(proof.kind()),
        proof.totalMinor(),
        proof.asset(),
        proof.count());
    out.printf("commitment  %s%nseed        %s%n", proof.commitment().hex(), proof.seed().hex());
    ShareTable table = verdict.table();
    if (table != null) {
      printShares(proof, table, out);
    }

    if (!verdict.isOk()) {
      for (DrawDifference difference : verdict.differences()) {
        err.println("differs: " + difference.sentence());
      }
      err.println("draw NOT ok: " + verdict.differences().size() + " difference(s)");
      return DIFFERS;
    }
    if (!isNoted) {
      out.println("note: give the commitment from the packet's message with --commitment, too;");
      out.println("      without it the proof is only checked against itself");
    }
    out.printf(
        "draw ok: %d of %d shares as drawn%s%n",
        proof.shares().size(), proof.count(), isNoted ? ", commitment as noted on arrival" : "");
    return OK;
  }

  private static void printShares(DrawProof proof, ShareTable table, PrintStream out) {
    int rows = Math.min(ROWS_MAX, proof.shares().size());
    if (rows > 0) {
      out.printf("%n%8s %20s %20s%n", "place", "amount", "drawn");
    }
    // Luck is a matter of lucky packets, and of the first opens, which are all that count here.
    boolean isLucky =
        proof.kind() == PacketKind.LUCKY_LIVE || proof.kind() == PacketKind.LUCKY_FAIR;
    int openedCount = Math.min(proof.shares().size(), table.count());
    int best = isLucky && openedCount > 0 ? table.bestPlace(openedCount) : 0;
    for (OpenedShare share : proof.shares().subList(0, rows)) {
      boolean isPlace = share.place() >= 1 && share.place() <= table.count();
      String drawn = isPlace ? Long.toString(table.amountMinor((int) share.place())) : "-";
      String remark =
          !drawn.equals(Long.toString(share.amountMinor()))
              ? "  <- differs"
              : share.place() == best ? "  best luck" : "";
      out.printf("%8d %20d %20s%s%n", share.place(), share.amountMinor(), drawn, remark);
    }
    if (rows < proof.shares().size()) {
      out.printf("%8s and %d more, checked as well%n", "...", proof.shares().size() - rows);
    }
    out.println();
  }

  private static String described(PacketKind kind) {
    return switch (kind) {
      case LUCKY_LIVE -> "lucky (drawn share by share)";
      case LUCKY_FAIR -> "lucky_fair (drawn at send and shuffled)";
      case EQUAL -> "equal";
      case EXCLUSIVE -> "exclusive";
    };
  }
}
