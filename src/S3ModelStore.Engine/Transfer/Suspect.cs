using S3ModelStore.Engine.Storage;

namespace S3ModelStore.Engine.Transfer;

/// <summary>A finished file that a repair reads again, and what of it was found to be as recorded. Thread-safe.</summary>
/// <param name="entry">The record.</param>
/// <param name="length">Bytes of the file as it is.</param>
internal sealed class Suspect(ManifestEntry entry, long length)
{
    private readonly List<JournalPart> _sound = [];

    public ManifestEntry Entry => entry;

    /// <summary>The parts that are as recorded.</summary>
    public IReadOnlyList<JournalPart> Sound
    {
        get
        {
            lock (_sound)
                return [.. _sound];
        }
    }

    /// <summary>Whether every byte is, and none too many.</summary>
    public bool IsSound => length == entry.Size && Sound.Sum(part => part.Length) == entry.Size;

    public void AddSound(JournalPart part)
    {
        lock (_sound)
            _sound.Add(part);
    }
}
