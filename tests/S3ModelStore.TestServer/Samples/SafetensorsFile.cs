using System.Buffers.Binary;
using System.Text.Json;
using S3ModelStore.TestServer.Content;

namespace S3ModelStore.TestServer.Samples;

/// <summary>
/// A safetensors file: eight bytes with the header's length, the header (JSON, padded with spaces to a multiple of eight),
/// and the tensors' bytes without gaps. https://huggingface.co/docs/safetensors
/// </summary>
internal static class SafetensorsFile
{
    public static ObjectContent Create(IReadOnlyList<SampleTensor> tensors, int seed)
    {
        var header = Header(tensors);
        var length = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        var data = ObjectContent.Generated(tensors.Sum(tensor => tensor.ByteLength), seed);
        return ObjectContent.Concat(ObjectContent.FromBytes(length), ObjectContent.FromBytes(header), data);
    }

    private static byte[] Header(IReadOnlyList<SampleTensor> tensors)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject("__metadata__");
            json.WriteString("format", "pt");
            json.WriteEndObject();
            long offset = 0;
            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", "BF16");
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", offset, offset + tensor.ByteLength);
                json.WriteEndObject();
                offset += tensor.ByteLength;
            }

            json.WriteEndObject();
        }

        while (stream.Length % sizeof(ulong) != 0)
            stream.WriteByte((byte)' ');

        return stream.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, params ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);

        json.WriteEndArray();
    }
}
