using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// The locks a job holds on the files it writes. Files share 256 lock files by the beginning of their id: few enough to leave nothing
/// behind worth mentioning, enough that two processes rarely wait for each other. Within the job a lock is counted, not contended.
/// </summary>
internal sealed class FileLocks : IDisposable
{
    private readonly StateDirectory _state;
    private readonly object _gate = new();
    private readonly Dictionary<string, (SafeFileHandle Handle, int Users)> _held = [];
    private readonly HashSet<string> _wereHeld = [];

    public FileLocks(StateDirectory state) => _state = state;

    /// <summary><see langword="false"/> while another job writes a file under the same lock.</summary>
    public bool TryEnter(string id)
    {
        var path = _state.LockPath(id);
        lock (_gate)
        {
            if (_held.TryGetValue(path, out var held))
            {
                _held[path] = (held.Handle, held.Users + 1);
                return true;
            }

            if (ExclusiveFile.TryLock(path, _wereHeld.Contains(path)) is not { } handle)
                return false;
            _wereHeld.Add(path);
            _held.Add(path, (handle, 1));
            return true;
        }
    }

    public void Leave(string id)
    {
        var path = _state.LockPath(id);
        lock (_gate)
        {
            if (!_held.TryGetValue(path, out var held))
                return;
            if (held.Users > 1)
            {
                _held[path] = (held.Handle, held.Users - 1);
                return;
            }

            _held.Remove(path);
            held.Handle.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (handle, _) in _held.Values)
                handle.Dispose();
            _held.Clear();
        }
    }
}
