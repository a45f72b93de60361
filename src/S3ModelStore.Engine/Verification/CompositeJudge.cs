using System.Buffers;
using System.Runtime.ExceptionServices;
using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Verification.Composite;

namespace S3ModelStore.Engine.Verification;

/// <summary>Recomputes a value over parts, from the digests that were taken as the parts passed and from the file for the others.</summary>
internal sealed class CompositeJudge
{
    private const int ChunkSize = 256 * 1024;
    private readonly CompositeExpectation _expectation;
    private readonly Func<Memory<byte>, long, int> _read;

    public CompositeJudge(CompositeExpectation expectation, Func<Memory<byte>, long, int> read)
    {
        _expectation = expectation;
        _read = read;
    }

    /// <param name="known">Digests of parts of the likeliest layout, by index.</param>
    /// <param name="fallback">What to say of the file when its layout is unknown.</param>
    public Verdict Judge(IReadOnlyDictionary<long, byte[]> known, Func<string> fallback)
    {
        var name = _expectation.Algorithm;
        var computed = string.Empty;
        for (var i = 0; i < _expectation.Layouts.Count; i++)
        {
            computed = Compute(_expectation.Layouts[i], i == 0 ? known : new Dictionary<long, byte[]>());
            if (computed == _expectation.Expected)
                return new Verdict(VerificationLevel.Composite, $"{name}:{computed}");
        }

        return _expectation.IsLayoutKnown
            ? new Verdict(VerificationLevel.Composite, $"{name}:{computed}", Expected: $"{name}:{_expectation.Expected}")
            : new Verdict(VerificationLevel.Size, fallback(), Note: Messages.UploadPartsUnknown(name, _expectation.Expected));
    }

    /// <summary>The same for parts of which the store told every size.</summary>
    public Verdict Judge(IReadOnlyList<ByteRange> parts)
    {
        var computed = Compute(parts.Count, index => parts[index], new Dictionary<long, byte[]>());
        var name = _expectation.Algorithm;
        return computed == _expectation.Expected
            ? new Verdict(VerificationLevel.Composite, $"{name}:{computed}")
            : new Verdict(VerificationLevel.Composite, $"{name}:{computed}", Expected: $"{name}:{_expectation.Expected}");
    }

    private string Compute(PartLayout layout, IReadOnlyDictionary<long, byte[]> known)
        => Compute((int)layout.Count, index => layout[index], known);

    private string Compute(int count, Func<int, ByteRange> part, IReadOnlyDictionary<long, byte[]> known)
    {
        var digests = new byte[count][];
        try
        {
            Parallel.For(0, digests.Length, index => digests[index] = known.TryGetValue(index, out var digest) ? digest : Digest(part(index)));
        }
        catch (AggregateException e)
        {
            // The disk's own word, as those who look after files know it.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return _expectation.Compose(digests.SelectMany(digest => digest).ToArray());
    }

    private byte[] Digest(ByteRange part)
    {
        using var digest = new RunningDigest(_expectation.Algorithm);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (var position = part.Offset; position < part.End;)
            {
                var read = _read(buffer.AsMemory(0, (int)Math.Min(ChunkSize, part.End - position)), position);
                if (read == 0)
                    throw new EndOfStreamException(Messages.FileShorterThanWritten);
                digest.Append(buffer.AsSpan(0, read));
                position += read;
            }

            return digest.Finish();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
