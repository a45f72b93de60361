using System.Globalization;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>A body in chunks, each behind its length in hexadecimal; a chunk of zero and an empty line end it.</summary>
/// <remarks><see href="https://www.rfc-editor.org/rfc/rfc9112#name-chunked-transfer-coding"/></remarks>
internal sealed class ChunkedFraming : BodyFraming
{
    // A length, perhaps with extensions; or a trailer, which nobody reads.
    private const int LongestLine = 4096;
    private const int MostTrailers = 64;

    private State _state = State.Length;
    private long _left;
    private int _trailers;

    public override bool IsComplete => _state == State.Complete;

    public override long Available => _left;

    public override void Came(int count)
    {
        _left -= count;
        if (_left == 0)
            _state = State.EndOfChunk;
    }

    public override int Skip(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        if (end < 0)
            return bytes.Length <= LongestLine ? 0 : throw Odd();
        // Unlike a head, chunks have no lines that end in LF alone: where one seems to, the length before it was wrong.
        Understand(bytes[..end] is [.. var line, (byte)'\r'] ? line : throw Odd());
        return end + 1;
    }

    private void Understand(ReadOnlySpan<byte> line)
    {
        switch (_state)
        {
            case State.Length:
                _left = LengthOf(line);
                _state = _left > 0 ? State.Data : State.Trailer;
                break;
            case State.EndOfChunk when line.IsEmpty:
                _state = State.Length;
                break;
            case State.Trailer when line.IsEmpty:
                _state = State.Complete;
                break;
            case State.Trailer when ++_trailers <= MostTrailers:
                break;
            default:
                throw Odd();
        }
    }

    private static long LengthOf(ReadOnlySpan<byte> line)
    {
        var extension = line.IndexOf((byte)';');
        var digits = (extension < 0 ? line : line[..extension]).TrimEnd(" \t"u8);
        // Parsing overlooks NULs at the end.
        return digits.Length <= 15 && !digits.Contains((byte)0) && long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length) ? length : throw Odd();
    }

    private static HttpRequestException Odd() => new(HttpRequestError.InvalidResponse, "its chunks make no sense");

    private enum State
    {
        Length,
        Data,
        EndOfChunk,
        Trailer,
        Complete,
    }
}
