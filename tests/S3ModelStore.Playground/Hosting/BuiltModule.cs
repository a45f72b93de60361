using System.Reflection;

namespace S3ModelStore.Playground.Hosting;

/// <summary>The module as the build left it.</summary>
public static class BuiltModule
{
    /// <summary>Full path of its manifest; the build writes it into this assembly.</summary>
    public static string ManifestPath { get; } = typeof(BuiltModule).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => string.Equals(attribute.Key, "ModuleManifest", StringComparison.Ordinal))
        .Value!;
}
