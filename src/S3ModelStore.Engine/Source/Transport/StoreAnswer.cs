using System.Globalization;

namespace S3ModelStore.Engine.Source.Transport;

/// <summary>An answered request. Its owner reads the body and disposes it; before the end, that cuts the connection.</summary>
internal abstract class StoreAnswer : IDisposable
{
    /// <summary>HTTP status.</summary>
    public abstract int Status { get; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Bytes of the body, or, after a HEAD, of the one there would be; <see langword="null"/> when that was not told.</summary>
    public abstract long? ContentLength { get; }

    /// <summary>From the request to its answer's head, where nothing but the way and the store took time: not on a new connection.</summary>
    public virtual TimeSpan? WarmWait => null;

    /// <summary>The first header of that name, without the white space around it.</summary>
    public abstract string? Header(string name);

    /// <summary>A header that is a time; <see langword="null"/> when it is missing or none.</summary>
    public DateTimeOffset? Date(string name)
        => DateTimeOffset.TryParse(Header(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>The elements of a list, whether it stands in one header or in several.</summary>
    public abstract IReadOnlyList<string> Elements(string name);

    /// <summary>Reads from the body, on this thread; zero at its end.</summary>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public abstract int Read(Memory<byte> buffer, CancellationToken cancellation);

    public abstract void Dispose();
}
