namespace S3ModelStore.Tests.Crash;

/// <summary>Counts the names that come, go or change below a directory, up to a <see cref="KillMoment"/>.</summary>
internal sealed class DiskChanges : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileSystemWatcher _watcher;
    private readonly KillMoment _moment;
    private bool _isMarked;
    private int _seen;

    public DiskChanges(string directory, KillMoment moment)
    {
        _moment = moment;
        _watcher = new FileSystemWatcher(directory) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName };
        _watcher.Created += (_, change) => Count(change.Name);
        _watcher.Deleted += (_, change) => Count(change.Name);
        _watcher.Renamed += (_, change) => Count(change.Name);
        _watcher.EnableRaisingEvents = true;
    }

    public Task Reached => _reached.Task;

    public void Dispose() => _watcher.Dispose();

    // The watcher raises its events one after the other.
    private void Count(string? name)
    {
        _isMarked |= name?.EndsWith(_moment.Mark, StringComparison.Ordinal) == true;
        if (_isMarked && _seen++ >= _moment.Changes)
            _reached.TrySetResult();
    }
}
