namespace S3ModelStore.Benchmarks.Peers;

/// <summary>A program to run. No shell takes part.</summary>
internal sealed record Invocation(string Program, params IReadOnlyList<string> Arguments)
{
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>For people.</summary>
    public override string ToString()
        => string.Join(' ', [.. Environment.Select(pair => $"{pair.Key}={pair.Value}"), Path.GetFileName(Program), .. Arguments.Select(text => text.Contains(' ', StringComparison.Ordinal) ? $"'{text}'" : text)]);
}
