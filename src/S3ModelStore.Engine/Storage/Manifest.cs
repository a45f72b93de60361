using System.Text.Json;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Resources;
using S3ModelStore.Engine.Source;

namespace S3ModelStore.Engine.Storage;

/// <summary>What is in a destination, every file proved. See <see cref="StateDirectory"/>.</summary>
internal sealed record Manifest
{
    public const int CurrentVersion = 1;

    public required int Version { get; init; }

    /// <summary>The source of the last complete job.</summary>
    public required string Source { get; init; }

    public required string Endpoint { get; init; }

    public required DateTimeOffset CompletedAt { get; init; }

    /// <summary>One digest over all files: the same content has the same fingerprint on every machine.</summary>
    public required string Fingerprint { get; init; }

    public required IReadOnlyList<ManifestEntry> Files { get; init; }

    /// <inheritdoc cref="ContentFingerprint"/>
    public static string FingerprintOf(IEnumerable<ManifestEntry> files) => ContentFingerprint.Of(files);

    /// <summary>
    /// Reads the manifest; <see langword="null"/> when there is none, or it is not JSON, not a manifest or too long to be one. Entries
    /// whose path is none below a destination are left out.
    /// </summary>
    /// <exception cref="ModelStoreException"><see cref="ModelStoreErrorCode.UnsupportedState"/>.</exception>
    public static Manifest? Read(string path)
    {
        if (StateFile.TryRead(path) is not { } bytes)
            return null;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.TryGetProperty("version", out var version) && version.TryGetDouble(out var number) && number > CurrentVersion)
                throw UnknownVersion(path, number);
            return document.Deserialize(StateReading.Default.Manifest) is { } manifest && manifest.IsWhole()
                ? manifest with { Files = [.. manifest.Files.Where(file => file.IsBelowDestination())] }
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether the manifest is there and names this source, endpoint and fingerprint.</summary>
    public static bool Says(string path, S3ModelUri source, string endpoint, string fingerprint)
    {
        if (StateFile.TryRead(path) is not { } bytes)
            return false;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Is("source", source.ToString()) && Is("endpoint", endpoint) && Is("fingerprint", fingerprint);

            bool Is(string name, string value) => document.RootElement.TryGetProperty(name, out var found) && found.ValueEquals(value);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Replaces the manifest: temp, flush, rename.</summary>
    public void Write(string path)
    {
        var temporary = path + ".tmp";
        using (var stream = new FileStream(StateFile.CreateAnew(temporary, FileShare.None), FileAccess.Write))
        {
            StateWriting.Write(stream, this);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    private bool IsWhole()
        => (Version, Source, Endpoint, Fingerprint, Files) is (CurrentVersion, not null, not null, not null, not null)
            && Files.All(file => file is not null && file.IsWhole());

    private static ModelStoreException UnknownVersion(string path, double version)
        => new(
            ModelStoreErrorCode.UnsupportedState,
            Messages.ManifestTooNew(path, version, CurrentVersion),
            Messages.ManifestTooNewRemedy,
            path);
}
