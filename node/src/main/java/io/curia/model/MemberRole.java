package io.curia.model;

/** What a member is in the cluster now. */
public enum MemberRole { MASTER, STANDBY, OBSERVER, GUEST, NONE }
