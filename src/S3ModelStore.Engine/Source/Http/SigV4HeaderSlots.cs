using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace S3ModelStore.Engine.Source.Http;

/// <summary>Room on the stack for the headers of every request this engine makes.</summary>
[InlineArray(Capacity)]
[SuppressMessage("Style", "IDE0044:Add readonly modifier", Justification = "The field of an inline array is its storage.")]
[SuppressMessage("CodeQuality", "IDE0051:Remove unused private members", Justification = "The field of an inline array is its storage.")]
internal struct SigV4HeaderSlots
{
    public const int Capacity = 12;

    private SigV4Header _first;
}
