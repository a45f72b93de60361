using System.Runtime.InteropServices;
using S3ModelStore.Engine.Resources;

namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>Where a tensor lies in the data of its file.</summary>
/// <param name="Begin">Offset of its first byte.</param>
/// <param name="End">Offset behind its last byte.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TensorSpan(ulong Begin, ulong End)
{
    /// <summary>The first break in a sequence of spans that must cover <paramref name="length"/> bytes once and without holes.</summary>
    /// <param name="spans">In any order; sorted here.</param>
    /// <param name="length">Bytes to be covered.</param>
    public static string? FaultOf(List<TensorSpan> spans, ulong length)
    {
        spans.Sort(ByPlace);
        ulong position = 0;
        foreach (var span in spans)
        {
            if (span.Begin > position)
                return Messages.DataHole(position, span.Begin);
            if (span.Begin < position)
                return Messages.DataOverlap(span.Begin);
            position = span.End;
        }

        return position == length ? null : Messages.DataSizeIsOther(length, position);
    }

    // Empty tensors come before those that begin at the same byte.
    private static int ByPlace(TensorSpan one, TensorSpan other)
        => one.Begin == other.Begin ? one.End.CompareTo(other.End) : one.Begin.CompareTo(other.Begin);
}
