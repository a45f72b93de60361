using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace S3ModelStore.Engine.Storage;

/// <summary>
/// One job's record of the files it has renamed into place, written as it goes so that a killed job forgets nothing. Created with the
/// first entry. Appending is thread-safe.
/// </summary>
internal sealed class CompletedLog : IDisposable
{
    private readonly string _path;
    private readonly object _appending = new();
    private SafeFileHandle? _file;
    private long _end;

    public CompletedLog(StateDirectory state)
        => _path = Path.Combine(state.CompletedDirectory, Guid.NewGuid().ToString("N") + ".jsonl");

    /// <summary>Every entry of every log, those of living jobs too; of entries for one path the one written last in its log is last.</summary>
    public static List<ManifestEntry> ReadAll(StateDirectory state)
    {
        var entries = new List<ManifestEntry>();
        if (!Directory.Exists(state.CompletedDirectory))
            return entries;
        foreach (var log in new DirectoryInfo(state.CompletedDirectory).GetFiles("*.jsonl").OrderBy(file => file.LastWriteTimeUtc))
            entries.AddRange(Read(log.FullName));
        return entries;
    }

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
            catch (IOException)
            {
            }
        }
    }

    public void Append(ManifestEntry entry)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(entry, StateJson.Default.ManifestEntry);
        var line = new byte[json.Length + 1];
        json.CopyTo(line, 0);
        line[^1] = (byte)'\n';
        lock (_appending)
        {
            _file ??= File.OpenHandle(_path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            RandomAccess.Write(_file, line, _end);
            _end += line.Length;
        }
    }

    public void Dispose() => _file?.Dispose();

    private static IEnumerable<ManifestEntry> Read(string path)
    {
        string[] lines;
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            lines = reader.ReadToEnd().Split('\n');
        }
        catch (IOException)
        {
            yield break;
        }

        // What follows the last newline is empty, or torn.
        foreach (var line in lines.AsSpan(0, lines.Length - 1).ToArray())
        {
            if (Parse(line) is { } entry)
                yield return entry;
        }
    }

    private static ManifestEntry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, StateJson.Default.ManifestEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
