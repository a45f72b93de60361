namespace S3ModelStore.Tests.Hosting;

/// <summary>A directory that goes with its test.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("s3modelstore-test-");

    public string FullName => _directory.FullName;

    public string this[string relative] => Path.Combine(FullName, relative);

    /// <summary>Relative paths of all files, with <c>/</c>, sorted.</summary>
    public IEnumerable<string> Files => _directory.EnumerateFiles("*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(FullName, file.FullName).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    public void Dispose() => _directory.Delete(recursive: true);
}
