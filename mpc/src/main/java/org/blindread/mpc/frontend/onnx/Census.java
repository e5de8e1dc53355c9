package org.blindread.mpc.frontend.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import org.blindread.mpc.frontend.ModelException;
import org.blindread.mpc.frontend.onnx.proto.ModelProto;

/// Counts what parsing a file would create, before anything is created.
///
/// Two bytes can stand for an empty message of a hundred bytes in memory, so the size of a file
/// does not bound what its parser allocates; the number of its fields does.
final class Census {
  /// Most fields in one file. DenseNet-121 has about 20,000.
  private static final long MAX_FIELDS = 1L << 23;

  /// A packed varint of one byte takes eight in memory: so many of them count as one field.
  private static final int VARINTS_PER_FIELD = 16;

  private static final int MAX_DEPTH = 50;

  private final CodedInputStream bytes;
  private long fields;

  private Census(CodedInputStream bytes) {
    this.bytes = bytes;
  }

  /// Reads through a whole file.
  ///
  /// @throws ModelException if it holds too many or too deeply nested fields
  /// @throws IOException if it is malformed or cannot be read
  static void check(CodedInputStream bytes) throws IOException, ModelException {
    new Census(bytes).walk(ModelProto.getDescriptor(), 0);
  }

  private void walk(Descriptor message, int depth) throws IOException, ModelException {
    if (depth > MAX_DEPTH) {
      throw new ModelException("the file nests its messages deeper than " + MAX_DEPTH);
    }
    for (int tag = bytes.readTag(); tag != 0; tag = bytes.readTag()) {
      FieldDescriptor field = message.findFieldByNumber(WireFormat.getTagFieldNumber(tag));
      int wire = WireFormat.getTagWireType(tag);
      if (wire == WireFormat.WIRETYPE_START_GROUP || wire == WireFormat.WIRETYPE_END_GROUP) {
        throw new ModelException("the file is damaged or not an ONNX file: it holds a group");
      }
      if (wire != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        boolean element = field != null && field.isPackable();
        count(element ? 0 : 1);
        bytes.skipField(tag);
        continue;
      }
      int length = bytes.readRawVarint32();
      if (field != null && field.getType() == FieldDescriptor.Type.MESSAGE) {
        count(1);
        int outer = bytes.pushLimit(length);
        walk(field.getMessageType(), depth + 1);
        bytes.popLimit(outer);
      } else {
        boolean varints = field != null && field.isPackable() && !fixed(field);
        count(1 + (varints ? Math.max(length, 0) / VARINTS_PER_FIELD : 0));
        bytes.skipRawBytes(length);
      }
    }
  }

  private static boolean fixed(FieldDescriptor field) {
    return switch (field.getType()) {
      case FLOAT, DOUBLE -> true;
      default -> false;
    };
  }

  private void count(long more) throws ModelException {
    fields += more;
    if (fields > MAX_FIELDS) {
      throw new ModelException(
          "the file holds more than %d fields; store weights as raw data".formatted(MAX_FIELDS));
    }
  }
}
