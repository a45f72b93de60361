using System.Buffers.Binary;

namespace S3ModelStore.Interop.Tests;

/// <summary>Bytes that follow from their offset alone, look random, and repeat nowhere: a part in the wrong place cannot go unnoticed.</summary>
internal static class GeneratedContent
{
    /// <param name="target">Where the bytes go.</param>
    /// <param name="offset">Offset of the first byte in the object; a multiple of eight.</param>
    public static void Fill(Span<byte> target, long offset)
    {
        if (offset % sizeof(ulong) != 0)
            throw new ArgumentOutOfRangeException(nameof(offset), offset, "Not a multiple of eight.");
        Span<byte> tail = stackalloc byte[sizeof(ulong)];
        var word = (ulong)offset / sizeof(ulong);
        for (; target.Length >= sizeof(ulong); target = target[sizeof(ulong)..])
            BinaryPrimitives.WriteUInt64LittleEndian(target, Scramble(word++));
        BinaryPrimitives.WriteUInt64LittleEndian(tail, Scramble(word));
        tail[..target.Length].CopyTo(target);
    }

    // The finalizer of SplitMix64: https://prng.di.unimi.it/splitmix64.c
    private static ulong Scramble(ulong value)
    {
        value = (value + 1) * 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
