using System.Buffers.Binary;

namespace S3ModelStore.Tests.Crash;

/// <summary>
/// A journal as its format is described, read here by other code than the one that writes it: a header that tells its length at byte 8,
/// then records of 32 bytes that begin with offset and length.
/// </summary>
/// <param name="Path">Where it is.</param>
/// <param name="Header">Bytes of the header.</param>
/// <param name="Records">The whole records behind it.</param>
internal sealed record JournalOnDisk(string Path, int Header, IReadOnlyList<(long Offset, long Length)> Records)
{
    public const int LengthField = 8;
    public const int FixedSize = 12;
    public const int RecordSize = 32;

    public string PartialPath => System.IO.Path.ChangeExtension(Path, ".part");

    public static JournalOnDisk Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var header = bytes.Length < FixedSize ? bytes.Length : FixedSize + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(LengthField)) + sizeof(uint);
        var records = new List<(long Offset, long Length)>();
        for (var position = header; position + RecordSize <= bytes.Length; position += RecordSize)
            records.Add((BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(position)), BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(position + sizeof(long)))));
        return new JournalOnDisk(path, header, records);
    }

    /// <summary>Bytes that have to be fetched again when the journal is whole only up to a position.</summary>
    /// <remarks>Without a partial file the journal is there to prove the finished file, and proves it as a whole or not at all.</remarks>
    public long CostOfCut(long position)
    {
        var kept = position < Header || !File.Exists(PartialPath) ? 0 : (int)((position - Header) / RecordSize);
        return Records.Skip(kept).Sum(record => record.Length);
    }
}
