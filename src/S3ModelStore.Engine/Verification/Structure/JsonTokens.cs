using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>Pulls JSON tokens from a stretch of a stream, holding no more than a buffer of it. Pass it by reference: a copy would return its buffer twice.</summary>
internal ref struct JsonTokens
{
    /// <summary>Longest single token, bytes. Descriptions of a training run make strings of megabytes.</summary>
    public const int LongestToken = 16 * 1024 * 1024;

    private const int FirstBufferSize = 64 * 1024;

    // What serde_json allows: https://docs.rs/serde_json/latest/serde_json/struct.Deserializer.html#method.disable_recursion_limit
    private const int MaxDepth = 128;

    private readonly Stream _stream;
    private byte[] _buffer;
    private int _filled;
    private long _left;
    private Utf8JsonReader _reader;

    /// <param name="stream">Stands where the text begins.</param>
    /// <param name="length">Bytes of the text; nothing behind it is read.</param>
    public JsonTokens(Stream stream, long length)
    {
        _stream = stream;
        _left = length;
        _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(length, 1, FirstBufferSize));
        Fill(new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
    }

    public readonly JsonTokenType Type => _reader.TokenType;

    /// <summary>Goes to the next token; <see langword="false"/> behind the last, when nothing but white space is left.</summary>
    /// <exception cref="JsonException">The text is not JSON or not UTF-8.</exception>
    /// <exception cref="NotSupportedException">A token is longer than <see cref="LongestToken"/>.</exception>
    public bool Read()
    {
        while (!_reader.Read())
        {
            if (_left == 0)
                return false;
            Refill();
        }

        if (_reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && !Utf8.IsValid(_reader.ValueSpan))
            throw new JsonException("A string is not UTF-8.");
        return true;
    }

    public readonly bool Is(ReadOnlySpan<byte> text) => !_reader.ValueIsEscaped ? _reader.ValueSpan.SequenceEqual(text) : GetString() == Encoding.UTF8.GetString(text);

    /// <summary>The text of a string or a property's name.</summary>
    /// <exception cref="JsonException">It escapes half a surrogate pair.</exception>
    public readonly string GetString()
    {
        try
        {
            return _reader.GetString() ?? string.Empty;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public readonly bool TryGetUInt64(out ulong value)
    {
        value = 0;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetUInt64(out value);
    }

    /// <summary>Goes to the last token of the value that follows.</summary>
    public void SkipNext()
    {
        Read();
        Skip();
    }

    /// <summary>Goes to the last token of the value whose first token was read.</summary>
    public void Skip()
    {
        if (_reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
            return;
        var depth = _reader.CurrentDepth;
        while (Read() && _reader.CurrentDepth > depth)
        {
        }
    }

    /// <summary>Reads what is left; whatever is there and no white space is no JSON.</summary>
    public void Finish()
    {
        while (Read())
        {
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private void Refill()
    {
        var state = _reader.CurrentState;
        var rest = _buffer.AsSpan((int)_reader.BytesConsumed, _filled - (int)_reader.BytesConsumed);
        if (rest.Length < _buffer.Length)
        {
            rest.CopyTo(_buffer);
        }
        else
        {
            if (_buffer.Length >= LongestToken)
                throw new NotSupportedException(Messages.HeaderStringTooLong(LongestToken / 1024 / 1024));
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            rest.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        _filled = rest.Length;
        Fill(state);
    }

    private void Fill(JsonReaderState state)
    {
        var wanted = (int)Math.Min(_left, _buffer.Length - _filled);
        _stream.ReadExactly(_buffer, _filled, wanted);
        _filled += wanted;
        _left -= wanted;
        _reader = new Utf8JsonReader(_buffer.AsSpan(0, _filled), _left == 0, state);
    }
}
