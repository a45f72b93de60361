namespace S3ModelStore.Engine.Source.Transport;

/// <summary>Which of the bytes behind a head are the body, and where it ends.</summary>
internal abstract class BodyFraming
{
    /// <summary>Nothing of the body is to come.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>How many of the next bytes are the body's; zero when others come first.</summary>
    public abstract long Available { get; }

    /// <summary>Another answer can follow on the connection.</summary>
    public virtual bool EndsBeforeConnection => true;

    /// <summary>So many bytes of the body came.</summary>
    public abstract void Came(int count);

    /// <summary>Reads what stands between pieces of the body.</summary>
    /// <returns>How many bytes that was; zero when it needs more of them.</returns>
    /// <exception cref="HttpRequestException">It makes no sense.</exception>
    public virtual int Skip(ReadOnlySpan<byte> bytes) => 0;

    /// <summary>The connection is at its end.</summary>
    /// <exception cref="IOException">The body is not.</exception>
    public virtual void Ended() => throw new HttpIOException(HttpRequestError.ResponseEnded, "The connection was closed before the end of the answer.");
}
