namespace S3ModelStore.Benchmarks.Scenarios;

/// <summary>Who takes part, and with what at hand.</summary>
internal enum ScenarioKind
{
    /// <summary>Everybody, into an empty directory.</summary>
    Fresh,

    /// <summary>Whoever can bring what is missing, with nothing missing.</summary>
    Warm,

    /// <summary>Our engine, killed at half and run again.</summary>
    Resume,

    /// <summary>Our engine with one proof after the other.</summary>
    Levels,
}
