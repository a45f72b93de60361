namespace S3ModelStore.Engine.Verification.Structure;

/// <summary>The dtypes of safetensors. https://docs.rs/safetensors/latest/safetensors/tensor/enum.Dtype.html</summary>
internal static class TensorTypes
{
    /// <summary>Bits of one element; <see langword="null"/> for a type of a later version.</summary>
    public static ulong? BitsOf(string type) => type switch
    {
        "F4" => 4,
        "F6_E2M3" or "F6_E3M2" => 6,
        "BOOL" or "U8" or "I8" => 8,
        "F8_E5M2" or "F8_E4M3" or "F8_E8M0" or "F8_E4M3FNUZ" or "F8_E5M2FNUZ" => 8,
        "U16" or "I16" or "F16" or "BF16" => 16,
        "U32" or "I32" or "F32" => 32,
        "U64" or "I64" or "F64" or "C64" => 64,
        _ => null,
    };
}
