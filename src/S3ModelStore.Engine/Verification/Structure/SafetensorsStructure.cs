using System.Buffers.Binary;
using System.Text.Json;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>
/// A safetensors file: 8 bytes of length, a JSON header of that length, and data that the tensors of the header cover once and
/// without holes. https://github.com/huggingface/safetensors#format
/// </summary>
internal static class SafetensorsStructure
{
    // The format's own limit, MAX_HEADER_SIZE: https://github.com/huggingface/safetensors/blob/main/safetensors/src/tensor.rs
    private const int LongestHeader = 100_000_000;

    private const string MetadataName = "__metadata__";

    /// <param name="file">Stands at the beginning; can be sought.</param>
    public static StructureReport Check(Stream file)
    {
        var size = file.Length;
        if (size < sizeof(ulong))
            return StructureReport.Invalid(Messages.HeaderLengthMissing(size));
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        file.ReadExactly(prefix);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LongestHeader)
            return StructureReport.Invalid(Messages.HeaderTooLong(length, LongestHeader));
        var rest = size - sizeof(ulong);
        if ((long)length > rest)
            return StructureReport.Invalid(Messages.HeaderLongerThanFile(length, rest));
        var first = file.ReadByte();
        if (length == 0 || first != '{')
            return StructureReport.Invalid(Messages.HeaderWithoutBrace);
        file.Position = sizeof(ulong);

        var spans = new List<TensorSpan>();
        var tokens = new JsonTokens(file, (long)length);
        try
        {
            return StructureReport.From(FaultOfHeader(ref tokens, spans) ?? TensorSpan.FaultOf(spans, (ulong)(rest - (long)length)));
        }
        finally
        {
            tokens.Dispose();
        }
    }

    private static string? FaultOfHeader(ref JsonTokens tokens, List<TensorSpan> spans)
    {
        var tensor = new TensorEntry();
        tokens.Read();
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            var name = tokens.GetString();
            if (name == MetadataName)
            {
                if (FaultOfMetadata(ref tokens) is { } metadataFault)
                    return metadataFault;
                continue;
            }

            if (tensor.Read(ref tokens) is { } fault)
                return Messages.TensorFault(QuotedName.Of(name), fault);
            spans.Add(tensor.Span);
        }

        tokens.Finish();
        return null;
    }

    private static string? FaultOfMetadata(ref JsonTokens tokens)
    {
        tokens.Read();
        if (tokens.Type == JsonTokenType.Null)
            return null;
        if (tokens.Type != JsonTokenType.StartObject)
            return Messages.MetadataNotAnObject(MetadataName);
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            var name = tokens.GetString();
            tokens.Read();
            if (tokens.Type != JsonTokenType.String)
                return Messages.MetadataValueNotAString(MetadataName, QuotedName.Of(name));
        }

        return null;
    }
}
