package io.gavel.engine.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySnapshotStoreTest {

  @TempDir
  private Path dir;
  private DirectorySnapshotStore store;

  @BeforeEach
  void open() {
    store = new DirectorySnapshotStore(dir);
  }

  @Test
  void shouldShowASnapshotOnlyOnceItIsPublished() throws IOException {
    assertArrayEquals(new long[0], store.list());
    try (SnapshotStore.Draft draft = store.create(7)) {
      draft.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      assertArrayEquals(new long[0], store.list());
      draft.write(ByteBuffer.wrap(new byte[] {0, 4, 5, 0}, 1, 2));
      draft.publish();
    }
    publish(12);
    publish(3);
    assertArrayEquals(new long[] {12, 7, 3}, store.list());
    assertTrue(store.place(7).endsWith("snapshots/00000000000000000007.snapshot"), store.place(7));
    try (SnapshotStore.Stored stored = store.open(7)) {
      assertEquals(5, stored.length());
      final ByteBuffer bytes = ByteBuffer.allocate(8);
      assertEquals(4, stored.read(1, bytes));
      assertArrayEquals(new byte[] {2, 3, 4, 5, 0, 0, 0, 0}, bytes.array());
      assertEquals(0, stored.read(5, ByteBuffer.allocate(1)));
    }
    store.delete(7);
    store.delete(7);
    assertArrayEquals(new long[] {12, 3}, store.list());
    assertThrows(UncheckedIOException.class, () -> store.open(7));
    assertEquals(2, names().size());
  }

  @Test
  void shouldLeaveNothingOfADraftThatWasGivenUp() throws IOException {
    try (SnapshotStore.Draft draft = store.create(7)) {
      draft.write(ByteBuffer.wrap(new byte[100]));
    }
    assertEquals(List.of(), names());
  }

  @Test
  void shouldRemoveWhatAProcessThatDiedLeftAndNothingOfALivingOne() throws IOException {
    final Path folder = Files.createDirectories(dir.resolve(DirectorySnapshotStore.FOLDER));
    final String living = "00000000000000000007.snapshot.draft-" + ProcessHandle.current().pid() + "-99";
    Files.writeString(folder.resolve(living), "x");
    Files.writeString(folder.resolve("00000000000000000007.snapshot.draft-4194304999-1"), "x");
    Files.writeString(folder.resolve("README"), "x");
    publish(8);
    assertEquals(List.of(living, "00000000000000000008.snapshot", "README"), names());
    assertArrayEquals(new long[] {8}, store.list());
  }

  @Test
  void shouldPublishOnAThreadThatWasInterrupted() {
    Thread.currentThread().interrupt();
    publish(9);
    assertTrue(Thread.interrupted(), "the interrupt is the host's and stays");
    assertArrayEquals(new long[] {9}, store.list());
  }

  private void publish(final long sequence) {
    try (SnapshotStore.Draft draft = store.create(sequence)) {
      draft.write(ByteBuffer.wrap(new byte[] {1}));
      draft.publish();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(dir.resolve(DirectorySnapshotStore.FOLDER))) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
