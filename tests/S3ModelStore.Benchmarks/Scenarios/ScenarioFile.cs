namespace S3ModelStore.Benchmarks.Scenarios;

/// <summary>A file of a model: its name and bytes.</summary>
internal sealed record ScenarioFile(string Name, long Size);
