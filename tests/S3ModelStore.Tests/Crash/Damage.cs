using System.Text.Json;
using S3ModelStore.TestServer.Catalog;

namespace S3ModelStore.Tests.Crash;

/// <summary>Does to what a killed process left behind what bad disks and power failures do, and says how many bytes that may cost.</summary>
internal sealed class Damage
{
    private readonly string _state;
    private readonly CrashModel _model;
    private readonly Random _random;
    private readonly Func<StoredObject, bool> _isInPlace;

    public Damage(string destination, CrashModel model, Func<StoredObject, bool> isInPlace, Random random)
    {
        _state = Path.Combine(destination, ".s3modelstore");
        _model = model;
        _isInPlace = isInPlace;
        _random = random;
    }

    private string ManifestPath => Path.Combine(_state, "manifest.json");

    /// <summary>One of the kinds of damage there is something for.</summary>
    /// <returns>What was done and the bytes that may be fetched again for it; <see langword="null"/> when nothing can be damaged.</returns>
    public (string What, long Cost)? Do()
    {
        Func<(string What, long Cost)?>[] progress = [FlipInPartial, CutPartial, FlipInJournal, CutJournal], records = [AppendToLog, CutLog, AppendToManifest, CutManifest];
        // A manifest is there in most rounds, a partial file in some.
        Func<(string What, long Cost)?>[] kinds = [.. progress, .. progress, .. records];
        _random.Shuffle(kinds);
        return kinds.Select(kind => kind()).FirstOrDefault(done => done is not null);
    }

    private (string What, long Cost)? FlipInPartial()
    {
        if (PickJournal() is not { Records.Count: > 0 } journal || !File.Exists(journal.PartialPath))
            return null;
        var (offset, length) = journal.Records[_random.Next(journal.Records.Count)];
        var position = offset + _random.NextInt64(length);
        Flip(journal.PartialPath, position, 1 << _random.Next(8));
        return ("flipped a bit of a partial file", journal.Records.Where(record => record.Offset <= position && position < record.Offset + record.Length).Sum(record => record.Length));
    }

    private (string What, long Cost)? CutPartial()
    {
        if (PickJournal() is not { } journal || new FileInfo(journal.PartialPath) is not { Exists: true, Length: > 0 and var length })
            return null;
        var left = _random.NextInt64(length);
        Cut(journal.PartialPath, left);
        return ("cut a partial file", journal.Records.Where(record => record.Offset + record.Length > left).Sum(record => record.Length));
    }

    private (string What, long Cost)? FlipInJournal()
    {
        if (PickJournal() is not { } journal || new FileInfo(journal.Path).Length <= JournalOnDisk.FixedSize)
            return null;
        // Not in the length of the header, so that the journal can be understood here once more.
        var position = PickPosition(journal, JournalOnDisk.FixedSize);
        Flip(journal.Path, position, 1 << _random.Next(8));
        return ("flipped a bit of a journal", journal.CostOfCut(position));
    }

    private (string What, long Cost)? CutJournal()
    {
        if (PickJournal() is not { } journal || new FileInfo(journal.Path).Length == 0)
            return null;
        var left = PickPosition(journal, 0);
        Cut(journal.Path, left);
        return ("cut a journal", journal.CostOfCut(left));
    }

    private (string What, long Cost)? AppendToLog() => PickLog() is { } log ? AppendGarbage(log, "log of finished files", 0) : null;

    private (string What, long Cost)? CutLog() => PickLog() is { } log ? CutText(log, "log of finished files") : null;

    // JSON with garbage behind it is no JSON: all of it is lost.
    private (string What, long Cost)? AppendToManifest() => PickManifest() is { } manifest ? AppendGarbage(manifest, "manifest", CostOfForgetting(manifest, File.ReadAllText(manifest))) : null;

    private (string What, long Cost)? CutManifest() => PickManifest() is { } manifest ? CutText(manifest, "manifest") : null;

    private (string What, long Cost) AppendGarbage(string path, string name, long cost)
    {
        var garbage = new byte[_random.Next(1, 300)];
        _random.NextBytes(garbage);
        KeepingItsTime(path, () => File.AppendAllBytes(path, garbage));
        return ($"appended garbage to a {name}", cost);
    }

    private (string What, long Cost) CutText(string path, string name)
    {
        var text = File.ReadAllText(path);
        var left = _random.Next(text.Length);
        // A log loses its last lines and the one that was cut, a manifest everything.
        var lost = name == "manifest" ? text : text[(text.LastIndexOf('\n', Math.Max(0, left - 1)) + 1)..];
        Cut(path, left);
        return ($"cut a {name}", CostOfForgetting(path, lost));
    }

    // What is in place and forgotten is read again where that proves it, and fetched again where nothing does.
    private long CostOfForgetting(string path, string lost)
    {
        var others = Logs().Append(ManifestPath).Where(other => other != path && IsWhole(other)).Select(WholeEntries).ToList();
        bool IsForgotten(StoredObject stored) => Names(lost, stored) && !others.Exists(other => Names(other, stored));
        return _model.Current.Where(stored => !_model.IsProvable(stored) && IsForgotten(stored) && _isInPlace(stored)).Sum(stored => stored.Size);
    }

    private static bool Names(string entries, StoredObject stored) => entries.Contains($"\"{stored.ETag}\"", StringComparison.Ordinal);

    private JournalOnDisk? PickJournal() => Pick(Files("partial", "*.journal")) is { } path ? JournalOnDisk.Read(path) : null;

    private string? PickLog() => Pick([.. Logs().Where(log => new FileInfo(log).Length > 0)]);

    private string? PickManifest() => File.Exists(ManifestPath) && IsWhole(ManifestPath) ? ManifestPath : null;

    private string[] Logs() => Files("completed", "*.jsonl");

    // The last line of a log that was cut may still have an ETag, and counts for nothing.
    private string WholeEntries(string path) => File.ReadAllText(path) is var text && path == ManifestPath ? text : text[..(text.LastIndexOf('\n') + 1)];

    // A log is whole line by line; a manifest is JSON or nothing.
    private bool IsWhole(string path)
    {
        if (path != ManifestPath)
            return true;
        try
        {
            JsonDocument.Parse(File.ReadAllBytes(path)).Dispose();
            return true;
        }
        catch (Exception e) when (e is JsonException or FileNotFoundException)
        {
            return false;
        }
    }

    private string? Pick(string[] paths) => paths.Length == 0 ? null : paths[_random.Next(paths.Length)];

    private string[] Files(string directory, string pattern)
        => Path.Combine(_state, directory) is var path && Directory.Exists(path) ? [.. Directory.GetFiles(path, pattern).Order(StringComparer.Ordinal)] : [];

    // Headers are longer than the few records of a young journal: half of the hits go to each.
    private long PickPosition(JournalOnDisk journal, long first)
    {
        var length = new FileInfo(journal.Path).Length;
        return length <= journal.Header || _random.Next(2) == 0 ? _random.NextInt64(first, Math.Min(length, journal.Header)) : _random.NextInt64(journal.Header, length);
    }

    private static void Flip(string path, long position, int bit) => KeepingItsTime(path, () =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = position;
        var value = file.ReadByte();
        file.Position = position;
        file.WriteByte((byte)(value ^ bit));
    });

    private static void Cut(string path, long length) => KeepingItsTime(path, () =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(length);
    });

    // A disk that loses bytes does not date the file anew; of two logs the one written last counts.
    private static void KeepingItsTime(string path, Action change)
    {
        var time = File.GetLastWriteTimeUtc(path);
        change();
        File.SetLastWriteTimeUtc(path, time);
    }
}
