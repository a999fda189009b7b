// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Two commands".
/**
 * What {@code java -jar hongbao.jar} starts: gets to a Java that can run the product.
 *
 * <p>Compiled for Java 8, in a compiler execution of its own, so that an old JVM loads these
 * classes and can say a sentence instead of {@code UnsupportedClassVersionError}. For that reason
 * nothing here may refer to another package of the product, except by name, nor to any library.
 *
 * <p>On Java 25 or newer {@link io.hongbao.bootstrap.Main} calls the command line in this process.
 * On an older one it looks for a newer in HONGBAO_JAVA_HOME, JAVA_HOME, PATH and the usual folders,
 * runs itself there and passes on input, output, signals and the exit code. The launcher script in
 * the root of the project searches in the same order; tests hold the two together.
 */
package io.hongbao.bootstrap;
