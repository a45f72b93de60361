using System.Buffers;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// One job's record of the files it has renamed into place, written as it goes so that a killed job forgets nothing. Created with the
/// first entry. Appending is thread-safe.
/// </summary>
internal sealed class CompletedLog : IDisposable
{
    // One job tears one line. A log of nothing else would take its time: each such line costs an exception.
    private const int MostTornLines = 16;

    private readonly string _path;
    private readonly object _appending = new();
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _writer;
    private SafeFileHandle? _file;
    private long _end;

    public CompletedLog(StateDirectory state)
    {
        _path = Path.Combine(state.CompletedDirectory, Guid.NewGuid().ToString("N") + ".jsonl");
        _writer = new Utf8JsonWriter(_line);
    }

    /// <summary>The logs that are there, those of living jobs too, the one written last at the end.</summary>
    /// <param name="state">Where.</param>
    /// <param name="except">A job that knows by itself what it brought leaves its own out.</param>
    public static IReadOnlyList<FileInfo> Find(StateDirectory state, CompletedLog? except = null)
        => Directory.Exists(state.CompletedDirectory)
            ? [.. new DirectoryInfo(state.CompletedDirectory).GetFiles("*.jsonl").Where(file => file.Name != Path.GetFileName(except?._path)).OrderBy(file => file.LastWriteTimeUtc)]
            : [];

    /// <summary>Every entry of every log; of entries for one path the one written last in its log is last.</summary>
    public static IEnumerable<ManifestEntry> Read(IReadOnlyList<FileInfo> logs) => logs.SelectMany(log => Read(log.FullName));

    /// <summary>Removes the logs whose jobs are gone. The manifest's lock must be held and their entries folded in.</summary>
    public static void RemoveAbandoned(StateDirectory state)
    {
        foreach (var path in Directory.GetFiles(state.CompletedDirectory, "*.jsonl"))
        {
            try
            {
                // Its writer holds it open; an exclusive open only succeeds when there is none.
                File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.None).Dispose();
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // In use, or another user's: it stays, and says again what is known.
            }
        }
    }

    public void Append(ManifestEntry entry)
    {
        lock (_appending)
        {
            _line.ResetWrittenCount();
            _writer.Reset();
            StateWriting.Write(_writer, entry);
            _writer.Flush();
            _line.Write("\n"u8);
            _file ??= File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(_file, _line.WrittenSpan, _end);
            _end += _line.WrittenCount;
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        _file?.Dispose();
    }

    private static IEnumerable<ManifestEntry> Read(string path)
    {
        byte[]? log;
        try
        {
            log = StateFile.TryRead(path);
        }
        catch (IOException)
        {
            yield break;
        }

        // What follows the last newline is empty, or torn.
        var torn = 0;
        for (int begin = 0, end; log is not null && torn < MostTornLines && (end = Array.IndexOf(log, (byte)'\n', begin)) >= 0; begin = end + 1)
        {
            if (!TryParse(log.AsSpan(begin, end - begin), out var entry))
                torn++;
            else if (entry is not null && entry.IsWhole() && entry.IsBelowDestination())
                yield return entry;
        }
    }

    private static bool TryParse(ReadOnlySpan<byte> line, out ManifestEntry? entry)
    {
        entry = null;
        try
        {
            entry = JsonSerializer.Deserialize(line, StateReading.Default.ManifestEntry);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
