package io.gavel.benchmarks.engine;

import io.gavel.codecs.FrameFlyweight;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Whole frames one behind the other in direct memory: what a run sends, encoded before the clock starts. */
public final class FrameTape implements FrameSink {

  private static final int CHUNK_LENGTH = 32 << 20;

  private final List<UnsafeBuffer> chunks = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private UnsafeBuffer chunk = new UnsafeBuffer(0, 0);
  private int end;
  private long frames;
  private long bytes;

  @Override
  public void send(final DirectBuffer frame, final int offset, final int length) {
    if (end + length > chunk.capacity()) {
      seal();
      chunk = new UnsafeBuffer(ByteBuffer.allocateDirect(CHUNK_LENGTH));
      end = 0;
    }
    chunk.putBytes(end, frame, offset, length);
    end += length;
    bytes += length;
    frames++;
  }

  /** Call once all frames are in. */
  void seal() {
    if (chunk.capacity() > 0) {
      chunks.add(chunk);
      ends.add(end);
      chunk = new UnsafeBuffer(0, 0);
      end = 0;
    }
  }

  long frames() {
    return frames;
  }

  long bytes() {
    return bytes;
  }

  /** A reader from the first frame on. */
  public Cursor cursor() {
    return new Cursor();
  }

  /** Walks the tape once. One thread. */
  public final class Cursor {

    private UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private int chunkIndex;
    private int chunkEnd;
    private int offset;
    private int length;

    /** Goes to the next frame; false when there is none. */
    public boolean next() {
      offset += length;
      if (offset == chunkEnd) {
        if (chunkIndex == chunks.size()) {
          return false;
        }
        buffer = chunks.get(chunkIndex);
        chunkEnd = ends.get(chunkIndex++);
        offset = 0;
      }
      length = FrameFlyweight.lengthOf(buffer, offset);
      return true;
    }

    /** Where the frame stands. */
    public UnsafeBuffer buffer() {
      return buffer;
    }

    /** Of the frame in the buffer. */
    public int offset() {
      return offset;
    }

    /** Of the frame in bytes. */
    public int length() {
      return length;
    }
  }
}
