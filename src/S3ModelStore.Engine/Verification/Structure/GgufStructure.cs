using System.Buffers.Binary;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>
/// The fixed head of a GGUF file: magic, version, and counts that the file has room for.
/// https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
/// </summary>
internal static class GgufStructure
{
    private const uint NewestVersion = 3;

    // Version 1 had 32-bit counts and lengths: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md#v1
    private const int HeadSize = 24;
    private const int HeadSizeOfVersion1 = 16;

    private static ReadOnlySpan<byte> Magic => "GGUF"u8;

    /// <param name="file">Stands at the beginning.</param>
    public static StructureReport Check(Stream file)
    {
        Span<byte> head = stackalloc byte[HeadSize];
        var read = file.ReadAtLeast(head, HeadSize, throwOnEndOfStream: false);
        if (!head[..read].StartsWith(Magic))
            return StructureReport.Invalid(Messages.GgufMagicMissing);
        if (read < 8)
            return StructureReport.Invalid(Messages.GgufHeadEnds);

        // Nothing names the byte order; a version beyond 65,535 is a small one read the wrong way, as llama.cpp takes it.
        // https://github.com/ggml-org/llama.cpp/blob/master/ggml/src/gguf.cpp
        var version = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        var isBigEndian = version != 0 && (version & 0xFFFF) == 0;
        if (isBigEndian)
            version = BinaryPrimitives.ReverseEndianness(version);
        if (version == 0)
            return StructureReport.Invalid(Messages.GgufVersionZero);
        if (version > NewestVersion)
            return StructureReport.Unknown(Messages.GgufVersionUnknown(version, NewestVersion));
        return read < (version == 1 ? HeadSizeOfVersion1 : HeadSize)
            ? StructureReport.Invalid(Messages.GgufHeadEnds)
            : StructureReport.From(version == 1 ? FaultOfVersion1(head, isBigEndian, file.Length) : Fault(head, isBigEndian, file.Length));
    }

    private static string? Fault(ReadOnlySpan<byte> head, bool isBigEndian, long size)
    {
        var tensors = BinaryPrimitives.ReadUInt64LittleEndian(head[8..]);
        var pairs = BinaryPrimitives.ReadUInt64LittleEndian(head[16..]);
        if (isBigEndian)
            (tensors, pairs) = (BinaryPrimitives.ReverseEndianness(tensors), BinaryPrimitives.ReverseEndianness(pairs));
        // The least a tensor takes: name length 8, dimension count 4, type 4, offset 8; a pair: key length 8, type 4, value 1.
        return FaultOfCounts(tensors, 24, pairs, 13, size - HeadSize);
    }

    private static string? FaultOfVersion1(ReadOnlySpan<byte> head, bool isBigEndian, long size)
    {
        var tensors = BinaryPrimitives.ReadUInt32LittleEndian(head[8..]);
        var pairs = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (isBigEndian)
            (tensors, pairs) = (BinaryPrimitives.ReverseEndianness(tensors), BinaryPrimitives.ReverseEndianness(pairs));
        return FaultOfCounts(tensors, 20, pairs, 9, size - HeadSizeOfVersion1);
    }

    private static string? FaultOfCounts(ulong tensors, uint tensorSize, ulong pairs, uint pairSize, long room)
        => ((UInt128)tensors * tensorSize) + ((UInt128)pairs * pairSize) > (ulong)room
            ? Messages.GgufCountsTooLarge(tensors, pairs, room)
            : null;
}
