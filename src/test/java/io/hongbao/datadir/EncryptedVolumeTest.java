// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Configuration;
import io.hongbao.config.Settings;
import io.hongbao.config.Source;
import io.hongbao.time.SeededRandomness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On kernels made of files, with the devices that a machine may have. */
class EncryptedVolumeTest {

  private static final String MOUNTS =
      """
      22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
      30 22 253:0 / /srv rw,relatime shared:1 - ext4 /dev/mapper/data rw
      31 22 253:3 / /lvm rw,relatime shared:1 - xfs /dev/mapper/vg-lv rw
      32 22 9:0 / /with\\040blank rw,relatime shared:1 - ext4 /dev/md0 rw
      33 22 0:45 / /net rw,relatime shared:1 - nfs host:/x rw
      """;

  @TempDir private Path root;

  @BeforeEach
  void makeAKernel() throws IOException {
    write("proc/self/mountinfo", MOUNTS);
    Files.createDirectories(root.resolve("sys/dev/block/8:1/slaves"));
    crypt("253:0", "CRYPT-LUKS2-1234-data\n");
    crypt("253:3", "LVM-abcd\n");
    crypt("253:1", "CRYPT-LUKS2-1234-pv\n");
    slave("253:3", "253:1");
    Files.createDirectories(root.resolve("sys/dev/block/9:0/slaves"));
    slave("9:0", "253:1");
    slave("9:0", "8:1");
  }

  private void write(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void crypt(String device, String uuid) throws IOException {
    write("sys/dev/block/" + device + "/dm/uuid", uuid);
    Files.createDirectories(root.resolve("sys/dev/block/" + device + "/slaves"));
  }

  private void slave(String upper, String lower) throws IOException {
    Path link = root.resolve("sys/dev/block/" + upper + "/slaves/d" + lower.replace(':', '-'));
    Files.createSymbolicLink(link, root.resolve("sys/dev/block").resolve(lower));
  }

  private boolean holds(String directory) throws IOException {
    return new EncryptedVolume(root).holds(Path.of(directory));
  }

  @Test
  void knowsACryptDeviceAlsoBelowVolumes() throws IOException {
    assertEquals(true, holds("/srv/hongbao"));
    assertEquals(true, holds("/lvm/hongbao"));
  }

  @Test
  void everyDeviceBelowMustBeEncrypted() throws IOException {
    assertEquals(false, holds("/with blank/hongbao"));
  }

  @Test
  void anOrdinaryDiskAndANetworkAreNot() throws IOException {
    assertEquals(false, holds("/var/lib/hongbao"));
    assertEquals(false, holds("/srv2"));
    assertEquals(false, holds("/net/hongbao"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDirectoryElsewhereIsRefusedWhenAskedFor(@TempDir Path directory) throws Exception {
    Configuration wanted =
        Configuration.defaults(directory.resolve("data"))
            .with(Settings.DATA_REQUIRE_ENCRYPTED_VOLUME, "true", Source.FLAG, "test");
    if (new EncryptedVolume(Path.of("/")).holds(directory.toRealPath())) {
      return;
    }
    String said = "";
    try {
      DataDirectory.openOrCreate(wanted, 0, new SeededRandomness(1)).close();
    } catch (DataDirectoryException refused) {
      said = String.valueOf(refused.getMessage());
    }

    assertTrue(said.contains("data.require_encrypted_volume"), said);
  }
}
