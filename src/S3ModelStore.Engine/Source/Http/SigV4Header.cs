namespace S3ModelStore.Engine.Source.Http;

/// <summary>A header that is signed and sent.</summary>
/// <param name="Name">Lower case, as the canonical request has it.</param>
/// <param name="Value">Exactly what is sent; the signer collapses white space for itself.</param>
internal readonly record struct SigV4Header(string Name, string Value)
{
    // Values can be secrets: a session token is such a header.
    public override string ToString() => Name;
}
