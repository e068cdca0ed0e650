import type { Access } from "./access.ts";

/** What a person should know before the policies are in force. */
export function accessNotes(access: Access): readonly string[] {
  const { role, store, people, sessionNameRule, manageClusters, bucketPolicy } = access;
  const notes: string[] = [];
  if (people.users.length + people.groups.length === 0) {
    notes.push("the users' policy is attached to nobody: --group NAME or --user NAME does that");
  }
  if (sessionNameRule) {
    notes.push(
      "kops-mfa names sessions after the MFA device: whose device has another name than the user writes role_session_name = ${user}",
    );
  }
  if (manageClusters) {
    notes.push(
      `AmazonS3FullAccess is left out, so that ${role.name} keeps to the state store; IAMFullAccess, which kops needs, lets it widen that`,
    );
  }
  if (bucketPolicy) {
    notes.push(
      `the bucket policy replaces the one that ${store.bucket} may have: aws s3api get-bucket-policy --bucket ${store.bucket}`,
    );
  }
  return notes;
}
