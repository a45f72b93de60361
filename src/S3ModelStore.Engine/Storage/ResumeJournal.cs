using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Engine.Storage;

/// <summary>Which parts of a partial file are written. Appending is thread-safe. The file's lock must be held.</summary>
internal sealed class ResumeJournal : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly object _appending = new();
    private long _end;

    private ResumeJournal(SafeFileHandle file, long end)
    {
        _file = file;
        _end = end;
    }

    public static ResumeJournal Create(string path, ObjectIdentity identity)
    {
        var header = JournalFormat.WriteHeader(identity);
        var file = StateFile.CreateAnew(path, FileShare.Read);
        try
        {
            RandomAccess.Write(file, header, 0);
            return new ResumeJournal(file, header.Length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens the journal of exactly this object; <see langword="null"/> when there is none that can be used.</summary>
    public static ResumeJournal? TryOpen(string path, ObjectIdentity identity, out IReadOnlyList<JournalPart> parts)
    {
        if (!TryRead(path, identity, out parts, out var end))
            return null;
        return new ResumeJournal(File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read), end);
    }

    /// <summary>Bytes the journal at <paramref name="path"/> records for this object: an estimate, nothing is checked against the data.</summary>
    public static long RecordedBytes(string path, ObjectIdentity identity)
        => TryRead(path, identity, out var parts, out _) ? parts.Sum(part => part.Length) : 0;

    public void Append(JournalPart part)
    {
        Span<byte> record = stackalloc byte[JournalFormat.RecordSize];
        JournalFormat.WriteRecord(record, part);
        lock (_appending)
        {
            RandomAccess.Write(_file, record, _end);
            _end += JournalFormat.RecordSize;
        }
    }

    public void Dispose() => _file.Dispose();

    private static bool TryRead(string path, ObjectIdentity identity, out IReadOnlyList<JournalPart> parts, out long end)
    {
        parts = [];
        end = 0;
        byte[]? bytes;
        try
        {
            bytes = StateFile.TryRead(path);
        }
        catch (IOException)
        {
            // Another process writes it just now, or it went away: for this one it is not there.
            return false;
        }

        if (bytes is null)
            return false;
        var position = JournalFormat.CheckHeader(bytes, identity);
        if (position == 0)
            return false;
        var found = new List<JournalPart>();
        for (; JournalFormat.TryReadRecord(bytes.AsSpan(position), identity.Size, out var part); position += JournalFormat.RecordSize)
            found.Add(part);
        parts = LastOfOverlapping(found);
        end = position;
        return true;
    }

    // A part that failed its check is fetched and recorded again, perhaps in other pieces: what was recorded later counts.
    private static List<JournalPart> LastOfOverlapping(List<JournalPart> records)
    {
        // A tree: whatever order the records have, each costs the same.
        var kept = new SortedSet<JournalPart>(Comparer<JournalPart>.Create((one, other) => one.Offset.CompareTo(other.Offset)));
        for (var i = records.Count - 1; i >= 0; i--)
        {
            if (!Overlaps(kept, records[i]))
                kept.Add(records[i]);
        }

        return [.. kept];
    }

    // Kept parts do not overlap each other, so only the last that begins before this one ends can touch it.
    private static bool Overlaps(SortedSet<JournalPart> kept, JournalPart part)
        => kept.GetViewBetween(default, new JournalPart(part.End - 1, 1, 0)).Max.End > part.Offset;
}
