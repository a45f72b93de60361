namespace S3ModelStore.Benchmarks.Children;

/// <summary>A step of the start-up.</summary>
/// <param name="Seconds">It took.</param>
/// <param name="Assemblies">Loaded after it, of all contexts.</param>
/// <param name="New">Names of those that came with it.</param>
internal sealed record StartupStep(double Seconds, int Assemblies, IReadOnlyList<string> New);
