using S3ModelStore.Benchmarks.Neutral;
using S3ModelStore.Engine.Model;

namespace S3ModelStore.Benchmarks.Peers;

/// <summary>What to bring, and to where.</summary>
/// <param name="Endpoint">Of the store.</param>
/// <param name="Prefix">Without the slash at its end.</param>
/// <param name="Names">Of the objects below it.</param>
/// <param name="Destination">A directory that is there.</param>
internal sealed record Target(string Endpoint, string Prefix, IReadOnlyList<string> Names, string Destination)
{
    public string Uri => $"s3://{Origin.Bucket}/{Prefix}";

    /// <summary>The strongest proof its store has the evidence for.</summary>
    public VerificationLevel Provable { get; init; } = VerificationLevel.FullObject;

    /// <summary>Its certificate is our own.</summary>
    public bool IsTls => Endpoint.StartsWith("https", StringComparison.Ordinal);

    public IEnumerable<string> Urls => Names.Select(name => $"{Endpoint}/{Origin.Bucket}/{Prefix}/{name}");

    /// <summary>Writes a file beside the destination that a tool reads.</summary>
    public string WriteInput(string name, IEnumerable<string> lines)
    {
        var path = Destination + "." + name;
        File.WriteAllLines(path, lines);
        return path;
    }
}
