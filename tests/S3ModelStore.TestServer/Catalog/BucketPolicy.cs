namespace S3ModelStore.TestServer.Catalog;

/// <summary>What a bucket allows, to whom and where. May be changed at any time; the next request sees it.</summary>
public sealed class BucketPolicy
{
    /// <summary>Requests without a signature are served.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>No ListBucket permission: listing is 403, and so is HEAD or GET of a key that does not exist.</summary>
    public bool DenyList { get; set; }

    /// <summary>HEAD and GET of any key are 403.</summary>
    public bool DenyRead { get; set; }

    /// <summary>HEAD and GET of the keys it selects are 403.</summary>
    public Func<string, bool>? DenyReadOf { get; set; }

    /// <summary>The region that requests must be signed for; null means the server's.</summary>
    public string? Region { get; set; }

    /// <summary>How a request that is signed for another region is answered.</summary>
    public WrongRegionAnswer WrongRegionAnswer { get; set; }

    /// <summary>New versions keep the old ones readable by their id.</summary>
    public bool IsVersioned { get; set; }

    internal bool Denies(string key) => DenyRead || DenyReadOf?.Invoke(key) == true;
}
