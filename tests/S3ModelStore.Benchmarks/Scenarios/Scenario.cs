using System.Text.Json.Serialization;
using S3ModelStore.Benchmarks.Neutral;

namespace S3ModelStore.Benchmarks.Scenarios;

/// <summary>A situation in which everybody downloads the same.</summary>
internal sealed record Scenario(string Name, string Title, [property: JsonIgnore] IReadOnlyList<ScenarioFile> Files)
{
    public int FileCount => Files.Count;

    public Front Front { get; init; }

    public ScenarioKind Kind { get; init; }

    /// <summary>From the client to the server and back, on top of what the loopback takes; 0 for nothing.</summary>
    public int RoundTripMilliseconds { get; init; }

    /// <summary>Of each connection, plain only; 0 for no limit.</summary>
    public int BytesPerSecond { get; init; }

    public long Bytes => Files.Sum(file => file.Size);
}
