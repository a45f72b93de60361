using System.Text.Json;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>One tensor of a safetensors header: reads it and judges it alone.</summary>
internal sealed class TensorEntry
{
    private string? _type;
    private ulong? _elements;
    private ulong? _begin;
    private ulong? _end;

    /// <summary>Where its data is; meaningful once it was read without fault.</summary>
    public TensorSpan Span => new(_begin ?? 0, _end ?? 0);

    /// <summary>Reads the value of a tensor's name. The fault is the rest of a sentence that begins with the tensor.</summary>
    public string? Read(ref JsonTokens tokens)
    {
        (_type, _elements, _begin, _end) = (null, null, null, null);
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartObject)
            return Messages.TensorNotAnObject;
        while (tokens.Read() && tokens.Type != JsonTokenType.EndObject)
        {
            if (ReadField(ref tokens) is { } fault)
                return fault;
        }

        return Fault();
    }

    private string? ReadField(ref JsonTokens tokens)
    {
        if (tokens.Is("dtype"u8))
            return ReadType(ref tokens);
        if (tokens.Is("shape"u8))
            return ReadShape(ref tokens);
        if (tokens.Is("data_offsets"u8))
            return ReadOffsets(ref tokens);
        tokens.SkipNext();
        return null;
    }

    private string? ReadType(ref JsonTokens tokens)
    {
        tokens.Read();
        if (tokens.Type != JsonTokenType.String)
            return Messages.DtypeNotAString;
        _type = tokens.GetString();
        return null;
    }

    private string? ReadShape(ref JsonTokens tokens)
    {
        tokens.Read();
        if (tokens.Type != JsonTokenType.StartArray)
            return Messages.ShapeNotSizes;
        // Without dimensions it is a scalar: one element.
        ulong elements = 1;
        while (tokens.Read() && tokens.Type != JsonTokenType.EndArray)
        {
            if (!tokens.TryGetUInt64(out var dimension))
                return Messages.ShapeNotSizes;
            if (Math.BigMul(elements, dimension, out elements) != 0)
                return Messages.ShapeTooManyElements;
        }

        _elements = elements;
        return null;
    }

    private string? ReadOffsets(ref JsonTokens tokens)
    {
        if (!tokens.Read() || tokens.Type != JsonTokenType.StartArray)
            return Messages.OffsetsNotTwo;
        if (!tokens.Read() || !tokens.TryGetUInt64(out var begin) || !tokens.Read() || !tokens.TryGetUInt64(out var end))
            return Messages.OffsetsNotTwo;
        (_begin, _end) = (begin, end);
        return tokens.Read() && tokens.Type == JsonTokenType.EndArray ? null : Messages.OffsetsNotTwo;
    }

    private string? Fault()
    {
        if (_type is null || _elements is not { } elements || _begin is not { } begin || _end is not { } end)
            return Messages.TensorLacks(_type is null ? "dtype" : _elements is null ? "shape" : "data_offsets");
        if (end < begin)
            return Messages.TensorEndsBeforeItBegins;
        // A dtype of a later version: its place is judged, its length is not.
        if (TensorTypes.BitsOf(_type) is not { } bits)
            return null;
        if (Math.BigMul(elements, bits, out var total) != 0)
            return Messages.ShapeTooManyBytes;
        if (total % 8 != 0)
            return Messages.TensorNotWholeBytes;
        return total / 8 == end - begin ? null : Messages.TensorSizeIsOther(end - begin, total / 8);
    }
}
