package io.gavel.engine.proof;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Goal: roots as RFC 9162 has them, and a path that leads to the root for its own leaf and place only. */
class MerkleTreeTest {

  private static final int SIZES = 70;

  @Test
  void shouldHaveTheRootsOfThePublishedExample() {
    // The leaves and roots that the certificate transparency projects test with.
    final List<String> inputs = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f");
    final List<String> roots = List.of(
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    final List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      leaves.add(MerkleTree.leaf().digest(HexFormat.of().parseHex(inputs.get(i))));
      assertEquals(roots.get(i), HexFormat.of().formatHex(MerkleTree.root(leaves)));
    }
  }

  @Test
  void shouldLeadToTheRootForTheLeafAndItsPlaceOnly() {
    for (int size = 1; size <= SIZES; size++) {
      final List<byte[]> leaves = leaves(size);
      final byte[] root = MerkleTree.root(leaves);
      for (int index = 0; index < size; index++) {
        final List<byte[]> path = MerkleTree.path(leaves, index);
        assertArrayEquals(root, MerkleTree.rootOf(leaves.get(index), index, size, path));
        for (int other = 0; other < size; other++) {
          final byte[] led = MerkleTree.rootOf(leaves.get(index), other, size, path);
          assertEquals(other == index, Arrays.equals(root, led), size + ": " + index + " at " + other);
        }
        assertFalse(Arrays.equals(root, MerkleTree.rootOf(leaves.get(index), size, size, path)));
        assertFalse(Arrays.equals(root, MerkleTree.rootOf(leaves.get(index), -1, size, path)));
        final List<byte[]> longer = new ArrayList<>(path);
        longer.add(root);
        assertFalse(Arrays.equals(root, MerkleTree.rootOf(leaves.get(index), index, size, longer)));
      }
    }
  }

  @Test
  void shouldNotTakeANodeForALeaf() {
    final List<byte[]> leaves = leaves(2);
    final byte[] both = new byte[2 * MerkleTree.HASH_LENGTH];
    System.arraycopy(leaves.get(0), 0, both, 0, MerkleTree.HASH_LENGTH);
    System.arraycopy(leaves.get(1), 0, both, MerkleTree.HASH_LENGTH, MerkleTree.HASH_LENGTH);
    assertFalse(Arrays.equals(MerkleTree.root(leaves), MerkleTree.leaf().digest(both)));
  }

  private static List<byte[]> leaves(final int size) {
    final List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      leaves.add(MerkleTree.leaf().digest(("leaf " + i).getBytes(StandardCharsets.US_ASCII)));
    }
    return leaves;
  }
}
