using S3ModelStore.Engine.Source.Transport;
using S3ModelStore.Engine.Verification;

namespace S3ModelStore.Engine.Source;

/// <summary>An answered GET. The caller owns it; disposing it before the end cuts the connection.</summary>
internal sealed class ObjectBody : IDisposable
{
    private readonly StoreAnswer _answer;

    public ObjectBody(StoreAnswer answer, ObjectEvidence evidence)
    {
        _answer = answer;
        Evidence = evidence;
    }

    /// <summary>What the headers tell about the whole object; checksums only when it was asked for whole.</summary>
    public ObjectEvidence Evidence { get; }

    /// <inheritdoc cref="StoreAnswer.WarmWait"/>
    public TimeSpan? WarmWait => _answer.WarmWait;

    /// <summary>The next of exactly the bytes asked for; zero at their end, or before it when the connection ends.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public int Read(Memory<byte> buffer, CancellationToken cancellation) => _answer.Read(buffer, cancellation);

    public void Dispose() => _answer.Dispose();
}
