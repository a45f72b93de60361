namespace S3ModelStore.TestServer.Content;

/// <summary>
/// Repeats one block that all generated objects share, from a phase that the seed decides.
/// Its length is prime, so no two parts of a power-of-two size start at the same phase: exchanged or shifted parts show.
/// One shared block keeps ten thousand seeds as cheap as one, and reading costs no more than copying memory.
/// </summary>
internal sealed class GeneratedContent : ObjectContent
{
    private const int BlockLength = 1_048_573;

    private static readonly byte[] Block = CreateBlock();

    private readonly int _phase;

    public GeneratedContent(long size, int seed)
        : base(size)
    {
        // Spreads neighbouring seeds over the block.
        _phase = (int)((uint)seed * 2_654_435_761u % BlockLength);
    }

    protected override void Fill(long offset, Span<byte> destination)
    {
        var position = (int)((offset + _phase) % BlockLength);
        while (!destination.IsEmpty)
        {
            var count = Math.Min(BlockLength - position, destination.Length);
            Block.AsSpan(position, count).CopyTo(destination);
            destination = destination[count..];
            position = 0;
        }
    }

    private static byte[] CreateBlock()
    {
        // xorshift64*, because System.Random does not promise the same numbers in every version.
        var block = new byte[BlockLength];
        var state = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < block.Length; i++)
        {
            state ^= state >> 12;
            state ^= state << 25;
            state ^= state >> 27;
            block[i] = (byte)((state * 0x2545F4914F6CDD1DUL) >> 56);
        }

        return block;
    }
}
