using S3ModelStore.Engine.Model;
using S3ModelStore.Engine.Planning;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Transfer;

/// <summary>
/// Removes files that an earlier download brought and the source no longer has. Only what is still as it was brought goes: a file that
/// somebody changed is theirs.
/// </summary>
internal sealed class OrphanRemoval
{
    private readonly Destination _destination;
    private readonly List<S3ModelFileResult> _results = [];
    private readonly List<string> _warnings = [];
    private readonly List<ManifestEntry> _forgotten = [];

    public OrphanRemoval(Destination destination) => _destination = destination;

    /// <summary>One for each file that was removed.</summary>
    public IReadOnlyList<S3ModelFileResult> Results => _results;

    /// <summary>What stayed, and why, as sentences.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Records that stand for nothing any more.</summary>
    public IReadOnlyCollection<ManifestEntry> Forgotten => _forgotten;

    public void Remove(IEnumerable<ManifestEntry> orphans)
    {
        foreach (var orphan in orphans)
        {
            var path = _destination.State.FinalPath(orphan.Path);
            var id = StateDirectory.IdOf(orphan.Path);
            if (!_destination.Locks.TryEnter(id))
            {
                Keep(path, Messages.AnotherProcessWritesIt);
                continue;
            }

            try
            {
                Remove(orphan, path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Keep(path, DiskErrors.From(e, path).Message);
            }
            finally
            {
                _destination.Locks.Leave(id);
            }
        }
    }

    private void Remove(ManifestEntry orphan, string path)
    {
        var file = new FileInfo(path);
        if (new SymlinkGuard(_destination.State.Destination, PlatformNames.ForCurrent()).Check(orphan.Path) is { } refusal)
        {
            Keep(path, Messages.OrphanRefused(refusal.Reason));
        }
        else if (file.Exists && !orphan.Describes(file))
        {
            Keep(path, Messages.ChangedSinceSaved);
        }
        else
        {
            _forgotten.Add(orphan);
            if (!file.Exists)
                return;
            file.Delete();
            RemoveEmptyDirectories(file.Directory!);
            _results.Add(ResultOf(orphan, path));
        }
    }

    private void RemoveEmptyDirectories(DirectoryInfo directory)
    {
        for (var root = new DirectoryInfo(_destination.State.Destination).FullName; directory.FullName != root && !directory.EnumerateFileSystemInfos().Any(); directory = directory.Parent!)
            directory.Delete();
    }

    private void Keep(string path, string reason) => _warnings.Add(Messages.OrphanKept(path, reason));

    private static S3ModelFileResult ResultOf(ManifestEntry entry, string path) => new()
    {
        RelativePath = entry.Path,
        Path = path,
        Uri = entry.Uri,
        Size = entry.Size,
        ETag = entry.ETag,
        Status = S3ModelFileStatus.Removed,
    };
}
