using S3ModelStore.Playground.Hosting;

namespace S3ModelStore.Tests.Hosting;

/// <summary>The built module in a directory of a test's own, which the process has not loaded anything from.</summary>
public sealed class ModuleCopy : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("s3modelstore-test-");

    public ModuleCopy(string parent = "Modules")
    {
        var source = Path.GetDirectoryName(BuiltModule.ManifestPath)!;
        var target = Path.Combine(_root.FullName, parent, "S3ModelStore");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        ManifestPath = Path.Combine(target, "S3ModelStore.psd1");
    }

    public string ManifestPath { get; }

    public string Bin => Path.Combine(Path.GetDirectoryName(ManifestPath)!, "bin");

    public void Dispose()
    {
        try
        {
            _root.Delete(recursive: true);
        }
        catch (UnauthorizedAccessException)
        {
            // Windows keeps loaded assemblies open until the process ends.
        }
    }
}
