using S3ModelStore.Engine.Model;

namespace S3ModelStore.Engine.Storage;

/// <summary>What the manifest and the logs of unfinished jobs say is in a destination. A picture of one moment; reading it changes nothing.</summary>
internal sealed class DestinationIndex
{
    private readonly Dictionary<string, ManifestEntry> _entries;

    private DestinationIndex(Dictionary<string, ManifestEntry> entries) => _entries = entries;

    public IReadOnlyCollection<ManifestEntry> Entries => _entries.Values;

    /// <param name="state">Where.</param>
    /// <param name="except">The log of a job that knows by itself what it brought.</param>
    /// <exception cref="Errors.ModelStoreException"><see cref="Errors.ModelStoreErrorCode.UnsupportedState"/>.</exception>
    public static DestinationIndex Load(StateDirectory state, CompletedLog? except = null)
    {
        var manifest = Manifest.Read(state.ManifestPath);
        var entries = new Dictionary<string, ManifestEntry>(manifest?.Files.Count ?? 0, StringComparer.Ordinal);
        foreach (var entry in manifest?.Files ?? [])
            entries[entry.Path] = entry;
        foreach (var entry in CompletedLog.Read(CompletedLog.Find(state, except)))
            entries[entry.Path] = entry;
        return new DestinationIndex(entries);
    }

    /// <summary>The entry of a file that was proved to be this very object, whatever became of it since.</summary>
    public ManifestEntry? Find(S3ModelObject source, string localPath)
        => _entries.TryGetValue(localPath, out var entry) && entry.IsOf(source) ? entry : null;

    /// <summary>The same where the file still looks as it did.</summary>
    public ManifestEntry? FindUnchanged(S3ModelObject source, string localPath, FileInfo file)
        => Find(source, localPath) is { } entry && entry.Describes(file) ? entry : null;
}
