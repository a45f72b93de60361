using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// The locks a job holds on the files it writes. Files share 256 lock files by the beginning of their id: few enough to leave nothing
/// behind worth mentioning, enough that two processes rarely wait for each other. Within the job a lock is counted, not contended.
/// </summary>
internal sealed class FileLocks : IDisposable
{
    private readonly StateDirectory _state;
    private readonly Slot[] _slots = new Slot[256];

    public FileLocks(StateDirectory state)
    {
        _state = state;
        for (var i = 0; i < _slots.Length; i++)
            _slots[i] = new Slot();
    }

    /// <summary><see langword="false"/> while another job writes a file under the same lock.</summary>
    public bool TryEnter(string id)
    {
        var slot = SlotOf(id);
        lock (slot)
        {
            if (slot.Handle is null)
            {
                slot.Handle = ExclusiveFile.TryLock(_state.LockPath(id), slot.WasHeld);
                if (slot.Handle is null)
                    return false;
                slot.WasHeld = true;
            }

            slot.Users++;
            return true;
        }
    }

    public void Leave(string id)
    {
        var slot = SlotOf(id);
        lock (slot)
        {
            if (slot.Users > 0 && --slot.Users == 0)
                slot.Release();
        }
    }

    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            lock (slot)
            {
                slot.Users = 0;
                slot.Release();
            }
        }
    }

    private Slot SlotOf(string id) => _slots[byte.Parse(id.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)];

    // Each for itself: opening and closing takes its time, and another file's worker need not wait for it.
    private sealed class Slot
    {
        public SafeFileHandle? Handle { get; set; }

        public int Users { get; set; }

        public bool WasHeld { get; set; }

        public void Release()
        {
            Handle?.Dispose();
            Handle = null;
        }
    }
}
