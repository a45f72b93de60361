namespace S3ModelStore.Engine.Storage;

/// <summary>
/// What other jobs have put into a destination, for a job that asks before every file. The manifest and the logs are read again only
/// when one of them has changed: a large model's take longer to read than many of its files to fetch. Thread-safe.
/// </summary>
internal sealed class LiveIndex
{
    private readonly StateDirectory _state;
    private readonly CompletedLog _own;
    private readonly object _gate = new();
    private DestinationIndex? _index;
    private string? _stamp;

    /// <param name="state">Where.</param>
    /// <param name="own">The asking job's log; a job does not ask about a file it has brought.</param>
    public LiveIndex(StateDirectory state, CompletedLog own)
    {
        _state = state;
        _own = own;
    }

    /// <exception cref="Errors.ModelStoreException"><see cref="Errors.ModelStoreErrorCode.UnsupportedState"/>.</exception>
    public DestinationIndex Current()
    {
        lock (_gate)
        {
            // Taken before reading: what is written meanwhile shows at the next call.
            var stamp = Stamp();
            if (_index is null || stamp != _stamp)
                _index = DestinationIndex.Load(_state, _own);
            _stamp = stamp;
            return _index;
        }
    }

    private string Stamp()
    {
        var files = CompletedLog.Find(_state, _own).Append(new FileInfo(_state.ManifestPath)).Where(file => file.Exists);
        return string.Join('|', files.Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
    }
}
