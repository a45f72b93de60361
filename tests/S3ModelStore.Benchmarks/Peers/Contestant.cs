namespace S3ModelStore.Benchmarks.Peers;

/// <summary>Something that downloads.</summary>
/// <param name="Name">In the tables.</param>
/// <param name="Download">Brings a target whose destination is empty.</param>
internal sealed record Contestant(string Name, Func<Target, Invocation> Download)
{
    /// <summary>A program that must be on the PATH; <see langword="null"/> for what we bring ourselves.</summary>
    public string? Tool { get; init; }

    /// <summary>Prints the tool's version, for the report.</summary>
    public string VersionArgument { get; init; } = "--version";

    public bool IsOurs { get; init; }

    /// <summary>Brings what is missing of a target; <see langword="null"/> where there is no such thing.</summary>
    public Func<Target, Invocation>? Synchronize { get; init; }
}
