using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;

namespace S3ModelStore.Engine.Storage;

/// <summary>The bytes of a journal; <see cref="StateDirectory"/> describes them.</summary>
internal static class JournalFormat
{
    public const int RecordSize = 32;

    private const int MaxIdentitySize = 16 * 1024;
    private const ushort Version = 1;
    private const int FixedSize = 6 + sizeof(ushort) + sizeof(uint);

    private static ReadOnlySpan<byte> Magic => "S3MSJ\n"u8;

    public static byte[] WriteHeader(ObjectIdentity identity)
    {
        var json = StateWriting.Bytes(identity);
        var header = new byte[FixedSize + json.Length + sizeof(uint)];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), (uint)json.Length);
        json.CopyTo(header, FixedSize);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(FixedSize + json.Length), Crc32.HashToUInt32(header.AsSpan(0, FixedSize + json.Length)));
        return header;
    }

    /// <summary>Length of the header when it is whole, of this version and names <paramref name="identity"/>; otherwise 0.</summary>
    public static int CheckHeader(ReadOnlySpan<byte> journal, ObjectIdentity identity)
    {
        if (journal.Length < FixedSize || !journal.StartsWith(Magic) || BinaryPrimitives.ReadUInt16LittleEndian(journal[6..]) != Version)
            return 0;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(journal[8..]);
        if (length > MaxIdentitySize || journal.Length < FixedSize + (int)length + sizeof(uint))
            return 0;
        var end = FixedSize + (int)length;
        if (Crc32.HashToUInt32(journal[..end]) != BinaryPrimitives.ReadUInt32LittleEndian(journal[end..]))
            return 0;
        try
        {
            var found = JsonSerializer.Deserialize(journal[FixedSize..end], StateReading.Default.ObjectIdentity);
            return identity == found ? end + sizeof(uint) : 0;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    public static void WriteRecord(Span<byte> record, JournalPart part)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record, part.Offset);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], part.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(record[16..], part.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(record[24..], 0);
        BinaryPrimitives.WriteUInt32LittleEndian(record[28..], Crc32.HashToUInt32(record[..28]));
    }

    /// <summary>Whether a whole, sane record of an object of <paramref name="size"/> bytes stands at the start of <paramref name="record"/>.</summary>
    public static bool TryReadRecord(ReadOnlySpan<byte> record, long size, out JournalPart part)
    {
        part = default;
        if (record.Length < RecordSize || Crc32.HashToUInt32(record[..28]) != BinaryPrimitives.ReadUInt32LittleEndian(record[28..]))
            return false;
        part = new JournalPart(
            BinaryPrimitives.ReadInt64LittleEndian(record),
            BinaryPrimitives.ReadInt64LittleEndian(record[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(record[16..]));
        return part is { Offset: >= 0, Length: > 0 } && part.Offset < size && part.Length <= size - part.Offset;
    }
}
